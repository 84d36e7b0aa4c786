// The pages work without this. With it, choosing a sample shows it at once.
document.documentElement.classList.add("scripted");
const sample = document.getElementById("sample");
sample?.addEventListener("change", () => sample.form.requestSubmit());
