/*
 * Go templates with which kubectl prints an object as a line of fields, so that whole objects need not be passed on. Fields are between
 * tabs, items of a field end with a space. Each is coded as in a query: what a tenant chose to call something makes no line of its own.
 */
const TAB = '{{"\\t"}}';
const coded = (path: string) => `{{with ${path}}}{{urlquery .}}{{end}}`;
const item = (path: string) => `{{with ${path}}}{{urlquery .}} {{end}}`;
const within = (path: string, inner: string) => `{{with ${path}}}${inner}{{end}}`;
const each = (path: string, inner: string) => `{{range ${path}}}${inner}{{end}}`;
const lines = (...fields: string[]) => each('.items', `${fields.join(TAB)}{{"\\n"}}`);

const NAME = [coded('.metadata.namespace'), coded('.metadata.name')];
const OWNER = each('.metadata.ownerReferences', `{{if .controller}}${item('.kind')}${item('.name')}{{end}}`);

/** In a pod's specification. */
const READS = [
  each('.volumes', within('.secret', item('.secretName'))),
  each('.volumes', within('.projected', each('.sources', within('.secret', item('.name'))))),
  ...['.initContainers', '.containers'].flatMap((containers) => [
    each(containers, each('.env', within('.valueFrom', within('.secretKeyRef', item('.name'))))),
    each(containers, each('.envFrom', within('.secretRef', item('.name')))),
  ]),
].join('');
/** One without a name is an item too: the list stays as it is. */
const PULLS = each('.imagePullSecrets', `${coded('.name')} `);
const SPEC = [coded('.serviceAccountName'), PULLS, READS].join(TAB);

const LAST_APPLIED = '(index . "kubectl.kubernetes.io/last-applied-configuration")';

/** namespace, name, Secrets to pull with, `yes` where kubectl applied it without the server's help */
export const SERVICE_ACCOUNTS = lines(...NAME, PULLS, within('.metadata.annotations', within(LAST_APPLIED, 'yes')));

/** namespace, name, owner, pod-template-hash, ServiceAccount, Secrets to pull with, Secrets that are read */
export const PODS = lines(
  ...NAME,
  OWNER,
  within('.metadata.labels', coded('(index . "pod-template-hash")')),
  within('.spec', SPEC),
);

/**
 * namespace, name, owner, conditions that hold, ServiceAccount, Secrets to pull with, Secrets that are read
 *
 * @param path where the specification of its pods is
 */
export function workloads(path: string): string {
  const conditions = within('.status', each('.conditions', `{{if eq .status "True"}}${item('.type')}{{end}}`));
  return lines(...NAME, OWNER, conditions, within(path, SPEC));
}

/**
 * namespace, name, type, owner, content of a key as base64
 *
 * @param key the key; when left out, nothing of the content is read
 */
export function secrets(key?: string): string {
  const content = key === undefined ? [] : [within('.data', `{{with index . ${JSON.stringify(key)}}}{{.}}{{end}}`)];
  return lines(...NAME, coded('.type'), OWNER, ...content);
}
