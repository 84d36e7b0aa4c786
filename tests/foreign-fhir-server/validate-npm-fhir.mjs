// Validates FHIR R4 resources with npm `fhir` (structure, cardinality, formats, codes, reference targets of R4; it knows no profiles):
//   node validate-npm-fhir.mjs FILE.json...
// One line per error: SOURCE Type/id: location: message.  Exit 0 without errors, 1 with errors.
import { readFileSync } from 'node:fs';
import fhirModule from 'fhir';

const fhir = new fhirModule.Fhir();
let count = 0, errors = 0;
function validate(source, resource) {
  count++;
  const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
  for (const m of messages) if (m.severity === 'error' || m.severity === 'fatal') {
    errors++;
    console.log(`${source} ${resource.resourceType}/${resource.id ?? '-'}: ${m.location}: ${m.message}`);
  }
}
for (const file of process.argv.slice(2)) {
  const resource = JSON.parse(readFileSync(file, 'utf8'));
  for (const r of resource.resourceType === 'Bundle' ? resource.entry.map((e) => e.resource) : [resource]) validate(file, r);
}
console.error(`${count} checked, ${errors} errors`);
process.exitCode = errors ? 1 : 0;
