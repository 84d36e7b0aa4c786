// Reads with a token by SMART's own client, as an app does that somebody else wrote:  BASE=http://…/fhir  TOKEN=…  PATIENT=id  node read.mjs
import { createRequire } from 'node:module';

const smart = createRequire(import.meta.url)('fhirclient');
const client = smart({ url: '/', headers: {} }, {}, { get: async () => undefined, set: async () => undefined, unset: async () => false })
  .client({ serverUrl: process.env.BASE, tokenResponse: { access_token: process.env.TOKEN, token_type: 'bearer', patient: process.env.PATIENT } });

const all = type => client.request(`${type}?patient=${process.env.PATIENT}&_count=1`, { pageLimit: 0, flat: true });
const [plan] = await all('CarePlan');
const messages = (await all('Communication')).filter(one => one.resourceType === 'Communication');
const notes = (await all('DocumentReference')).filter(one => one.resourceType === 'DocumentReference');
const graph = await client.request(`CarePlan/${plan.id}`, { resolveReferences: ['goal'], graph: true });
console.log(JSON.stringify({
  release: await client.getFhirRelease(),
  goal: graph.goal[0].description.text,
  messages: messages.map(one => one.payload[0].contentString),
  notes: notes.map(one => Buffer.from(one.content[0].attachment.data, 'base64').toString('utf8')),
}));
