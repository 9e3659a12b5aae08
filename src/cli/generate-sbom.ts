import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { LockedPackages } from './locked-packages';

const ROOT = resolve(__dirname, '../..');

const licences = new Contrib.License.Factories.LicenseFactory((text) => {
  if (!/ (AND|OR|WITH) /.test(text)) throw new Error(`${text} is no expression of licences`);
});

/**
 * The package's bill of materials in CycloneDX: the packages in its command, its dependencies and its peers, with all that these need, in
 * the versions of package-lock.json. The same sources make the same text; it has a time only if SOURCE_DATE_EPOCH gives one.
 *
 * @param bundled folders of the packages in the command, such as node_modules/yaml
 */
export function sbom(bundled: readonly string[]): string {
  const locked = new LockedPackages(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const { description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const required = locked.closure([...bundled, ...locked.dependencies()]);
  const components = new Map<string, Models.Component>();
  const add = (folder: string) => {
    const component = componentOf(locked, folder);
    const known = components.get(`${component.bomRef.value}`) ?? component;
    if (required.has(folder)) known.scope = Enums.ComponentScope.Required;
    if (bundled.includes(folder)) known.properties.add(new Models.Property('cdx:npm:package:bundled', 'true'));
    components.set(`${component.bomRef.value}`, known);
    return known;
  };
  const all = locked.closure([...bundled, ...locked.dependencies(), ...locked.optionalPeers()]);
  const byFolder = new Map([...all].sort().map((folder) => [folder, add(folder)]));
  const connect = (component: Models.Component, folders: Iterable<string>) => {
    for (const folder of folders) {
      const needed = byFolder.get(folder);
      if (needed !== undefined) component.dependencies.add(needed.bomRef);
    }
  };
  for (const [folder, component] of byFolder) connect(component, locked.dependencies(folder));

  const itself = componentOf(locked, '');
  itself.description = description;
  connect(itself, [...bundled, ...locked.dependencies(), ...locked.optionalPeers()]);
  const { SOURCE_DATE_EPOCH: seconds } = process.env;
  const timestamp = seconds ? new Date(Number(seconds) * 1000) : undefined;
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: itself, timestamp }) });
  for (const component of components.values()) bom.components.add(component);
  const normalizer = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(normalizer).serialize(bom, { sortLists: true, space: 1 })}\n`;
}

/** A package as a component that is optional until something that is required needs it. */
function componentOf(locked: LockedPackages, folder: string): Models.Component {
  const { name, version, license, integrity } = locked.at(folder);
  const [group, base] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const component = new Models.Component(Enums.ComponentType.Library, base ?? name, {
    bomRef: `${name}@${version}`,
    group,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: folder === '' ? Enums.ComponentScope.Required : Enums.ComponentScope.Optional,
  });
  if (license !== undefined) component.licenses.add(licences.makeFromString(license));
  const [, sha512] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? [];
  if (sha512) component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
  return component;
}
