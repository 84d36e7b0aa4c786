// The peer over the same documents: which it takes, what it finds in them, and how many a second.
//   node measure.mjs LIST.json   { "seconds": 5, "documents": ["/…/a.xml"] }; the answer is one line of JSON
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

globalThis.WebSocket ??= class { static CLOSING = 2; static CLOSED = 3; }; // its library names it on loading; Node before 22 has none
for (const line of ['log', 'warn', 'info', 'error']) console[line] = () => {}; // the answer is the only line
const { convertXmlToCcda, convertCcdaToFhir } = await import('@medplum/ccda');

const { seconds, documents } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const convert = (bytes) => convertCcdaToFhir(convertXmlToCcda(bytes.toString('utf8')));

const INSTRUCTIONS = new Set(['69730-0', '8653-8', '74213-0', '42344-2', '34895-3']);
const PLAN = new Set(['18776-5', '51847-2', '59772-4', '62387-6']);

function count(bundle) {
  const types = new Map(bundle.entry.map(({ fullUrl, resource }) => [`${resource.resourceType}/${resource.id}`, resource.resourceType]));
  const of = (...wanted) => bundle.entry.filter(({ resource }) => wanted.includes(resource.resourceType)).length;
  let instructions = 0, followUps = 0;
  const walk = (sections = []) => {
    for (const section of sections) {
      const code = section.code?.coding?.[0]?.code;
      for (const entry of section.entry ?? []) {
        if (INSTRUCTIONS.has(code)) instructions++;
        if (PLAN.has(code) && types.get(entry.reference) !== 'Goal') followUps++;
      }
      walk(section.section);
    }
  };
  walk(bundle.entry.find(({ resource }) => resource.resourceType === 'Composition')?.resource.section);
  return { medicines: of('MedicationRequest', 'MedicationStatement'), problems: of('Condition'), instructions, followUps, goals: of('Goal') };
}

const taken = [], found = [];
for (const path of documents) {
  const bytes = readFileSync(path);
  try {
    found.push(count(convert(bytes)));
    taken.push({ path, bytes });
  } catch {
    found.push(null);
  }
}

let converted = 0;
const loop = (limit) => {
  const start = performance.now();
  converted = 0;
  while (performance.now() - start < limit * 1000) {
    for (const { bytes } of taken) convert(bytes);
    converted += taken.length;
  }
  return converted / ((performance.now() - start) / 1000);
};
loop(seconds / 2);
const rate = taken.length ? loop(seconds) : 0;
process.stdout.write(JSON.stringify({ found, rate }) + '\n');
