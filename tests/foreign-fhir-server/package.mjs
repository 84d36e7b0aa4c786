// The resources of an installed FHIR package (.tgz), read without unpacking it: what its .index.json lists, example/ apart.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

function* entries(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at]; ) {
    const text = (from, length) => tar.toString('utf8', at + from, at + from + length).split('\0')[0];
    const size = parseInt(text(124, 12).trim(), 8), prefix = text(345, 155);
    yield [(prefix ? `${prefix}/` : '') + text(0, 100), tar.subarray(at + 512, at + 512 + size)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

// { manifest, resources, examples } of a package file.
export function readPackage(file) {
  const files = new Map([...entries(gunzipSync(readFileSync(file)))].map(([name, bytes]) => [name, bytes.toString('utf8')]));
  const json = (name) => JSON.parse(files.get(name) ?? (() => { throw new Error(`${file}: no ${name}`); })());
  const listed = (folder) => json(`${folder}/.index.json`).files.map((f) => {
    const resource = json(`${folder}/${f.filename}`);
    if (resource.resourceType !== f.resourceType || resource.id !== f.id || resource.url !== f.url) throw new Error(`${f.filename} is not what the index says`);
    return resource;
  });
  return { manifest: json('package/package.json'), resources: listed('package'), examples: listed('package/example') };
}
