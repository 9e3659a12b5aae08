import { type Document, parseAllDocuments } from 'yaml';
import { BAD_ALIASES } from '../../settings/yaml-document';
import { yamlErrors } from '../../settings/yaml-errors';
import { CliError } from '../shared/cli-error';
import { isObject, type JsonObject } from '../shared/json';

/** An object of the API, as a tool wrote it. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

/** What tells an object from all others of a cluster: the version of its group does not. */
export function identityOf({ apiVersion, kind, metadata: { namespace = '', name } }: RenderedObject): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return [group, kind, namespace, name].join('|');
}

/** An object as messages name it. */
export function titleOf({ kind, metadata: { namespace, name } }: RenderedObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/**
 * The objects in the output of a tool: documents of YAML or JSON, and what is in lists.
 *
 * @param text the output
 * @param from where it comes from, as the user calls it
 * @throws CliError naming the place of a mistake; it does not repeat the text, which may hold Secrets
 */
export function renderedObjects(text: string, from: string): RenderedObject[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  const objects = [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
      throw new CliError('configuration', `${from}:${line}:${col}: ${yamlErrors[error.code]}`);
    }
    return flattened(documentValue(document, from), from);
  });
  if (objects.length === 0) {
    throw new CliError(
      'configuration',
      `${from}: it has no object; expected what kustomize build or helm template prints`,
    );
  }
  return objects;
}

function documentValue(document: Document, from: string): unknown {
  try {
    const value = document.toJS();
    // Fails where a value contains itself.
    JSON.stringify(value);
    return value;
  } catch (error) {
    const unresolved = String(error).includes('Unresolved alias');
    throw new CliError('configuration', `${from}: ${unresolved ? yamlErrors.BAD_ALIAS : BAD_ALIASES}`);
  }
}

function flattened(value: unknown, from: string): RenderedObject[] {
  // Helm leaves a document with a comment alone where a template makes nothing.
  if (value === null || value === undefined) return [];
  if (isObject(value) && typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items)) {
    return value.items.flatMap((item) => flattened(item, from));
  }
  if (isRendered(value)) return [value];
  throw new CliError('configuration', `${from}: a document is no object with apiVersion, kind and metadata.name`);
}

function isRendered(value: unknown): value is RenderedObject {
  return (
    isObject(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isObject(value.metadata) &&
    typeof value.metadata.name === 'string' &&
    ['string', 'undefined'].includes(typeof value.metadata.namespace)
  );
}
