using System.Text.Encodings.Web;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Pages;

/// <summary>The frame of the pages for people. No script, no foreign address; everything from a chart is encoded before it comes here.</summary>
internal static class Page
{
    public static readonly string Policy = PolicyWith(formAction: "'none'", ancestors: "'none'");

    public static string PolicyWith(string formAction, string ancestors, string frames = "'none'") =>
        $"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action {formAction}; frame-ancestors {ancestors}; frame-src {frames}";

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <param name="wide">For a page that frames another.</param>
    public static FhirAnswer Of(int status, string title, string content, bool wide = false) => new(status, $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Encode(title)}} · Sandbox EHR</title>
        <style>
        :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6876; --line: #dde3e9; --ground: #f6f8fa; --card: #fff; --link: #0b6170; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --soft: #a0adba; --line: #2c3742; --ground: #11171d; --card: #182028; --link: #6fd0df; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
        header { background: #0b4a56; color: #fff; padding: .75rem 1rem; }
        header a { color: #fff; font-weight: 600; text-decoration: none; }
        header span { opacity: .8; margin-left: .5rem; }
        main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.35rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
        a { color: var(--link); }
        p { color: var(--soft); margin: .25rem 0 1rem; }
        table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
        th, td { text-align: left; padding: .6rem .75rem; border-top: 1px solid var(--line); vertical-align: top; }
        thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .875rem; }
        td a { margin-right: .75rem; white-space: nowrap; display: inline-block; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 0; font: .8125rem/1.55 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        pre.note { font: 1rem/1.6 system-ui, sans-serif; margin-bottom: 1rem; border-left: .25rem solid var(--link); }
        ul { list-style: none; margin: 0 0 1rem; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
        ul:empty { display: none; }
        li { padding: .6rem .75rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        li:first-child { border-top: 0; }
        li a { margin-right: .5rem; }
        h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        button { font: inherit; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid #0b4a56; border-radius: .5rem; background: #0b4a56; color: #fff; cursor: pointer; }
        button.plain { background: none; color: var(--link); border-color: var(--line); }
        button:hover { filter: brightness(1.08); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .choices { overflow: hidden; }
        .choices li { padding: 0; }
        .choices button { display: block; width: 100%; text-align: left; border: 0; border-radius: 0; background: none; color: inherit; padding: .7rem .9rem; }
        .choices button:hover { background: var(--ground); filter: none; }
        .choices button:focus-visible { outline-offset: -3px; }
        .choices strong { display: block; color: var(--link); }
        .choices span { display: block; color: var(--soft); font-size: .9375rem; }
        details { color: var(--soft); margin: 0 0 1rem; }
        summary { cursor: pointer; padding: .5rem 0; }
        .launch { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; }
        .launch p { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0 0; }
        label { display: block; color: var(--soft); font-size: .875rem; margin-bottom: .75rem; }
        select { display: block; width: 100%; max-width: 36rem; min-height: 2.75rem; margin-top: .25rem; padding: .4rem .6rem; font: 1rem/1.4 system-ui, sans-serif; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; }
        input[type=search] { display: block; width: 100%; max-width: 36rem; min-height: 2.75rem; margin-top: .25rem; padding: .4rem .6rem; font: 1rem/1.4 system-ui, sans-serif; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
        .ways a { display: inline-block; margin-right: .75rem; }
        main.wide { max-width: none; }
        iframe { display: block; width: 100%; height: calc(100vh - 11rem); min-height: 30rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
        .foot { margin-top: 1rem; }
        .born { white-space: nowrap; }
        @media (max-width: 40rem) { thead { display: none; } tr, td { display: block; } td { border-top: 0; padding: .15rem .75rem; } tr { border-top: 1px solid var(--line); padding: .5rem 0; } }
        </style>
        </head>
        <body>
        <header><a href="/patients">Sandbox EHR</a><span>everybody in it is invented</span></header>
        <main{{(wide ? " class=\"wide\"" : "")}}>
        <h1>{{Encode(title)}}</h1>
        {{content}}
        </main>
        </body>
        </html>
        """)
    { ContentType = "text/html; charset=utf-8" };
}
