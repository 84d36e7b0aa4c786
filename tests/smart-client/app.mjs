// A SMART app that this project did not write, as far as that goes: `fhirclient` (SMART's own JavaScript client) behind a small Node server.
//   ISS=FHIR base  CLIENT=id  SCOPE=…  [SECRET=…]  [PRIVATE_JWK=…]   node app.mjs      prints "listening http://127.0.0.1:port"
// /launch begins (with iss and launch from the EHR, or on its own with ISS), /callback ends it and shows as JSON what was given and what it could read,
// /refresh takes new tokens, /read?of=… reads with the token.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const smart = createRequire(import.meta.url)('fhirclient');
const sessions = new Map();

const server = createServer(async (request, response) => {
  const url = new URL(request.url, origin());
  request.session = session(request, response);
  const say = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  try {
    if (url.pathname === '/launch')
      return await smart(request, response).authorize({
        iss: process.env.ISS,
        clientId: process.env.CLIENT,
        scope: url.searchParams.get('launch') ? process.env.SCOPE_EHR : process.env.SCOPE,
        redirectUri: `${origin()}/callback`,
        pkceMode: 'required',
        clientSecret: process.env.SECRET,
        clientPrivateJwk: process.env.PRIVATE_JWK && JSON.parse(process.env.PRIVATE_JWK),
      });
    const client = await smart(request, response).ready();
    if (url.pathname === '/callback')
      return say(200, {
        patientId: client.patient.id,
        encounterId: client.encounter.id,
        fhirUser: client.user.fhirUser,
        userType: client.user.resourceType,
        scope: client.state.tokenResponse.scope,
        patient: await client.patient.read(),
        user: await client.user.read(),
        visits: (await client.request(`Encounter?patient=${client.patient.id}`, { pageLimit: 0, flat: true })).map(visit => visit.id),
      });
    if (url.pathname === '/refresh') {
      const before = client.state.tokenResponse.access_token;
      await client.refresh();
      return say(200, { changed: before !== client.state.tokenResponse.access_token, patient: (await client.patient.read()).id });
    }
    return say(200, await client.request(url.searchParams.get('of')).catch(wrong => ({ status: wrong.status ?? 0 })));
  } catch (wrong) {
    say(500, { error: String(wrong.message ?? wrong) });
  }
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => console.log(`listening ${origin()}`));

function origin() {
  return `http://127.0.0.1:${server.address().port}`;
}

function session(request, response) {
  const known = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  const id = known && sessions.has(known) ? known : crypto.randomUUID().replaceAll('-', '');
  if (!sessions.has(id))
    sessions.set(id, {});
  response.setHeader('set-cookie', `session=${id}; HttpOnly; Path=/`);
  return sessions.get(id);
}
