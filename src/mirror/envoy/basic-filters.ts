import { DynamicFile } from '../contract/dynamic-files';
import { USER_HEADER } from '../contract/http';
import { withoutHeaders } from './http';
import { AuthenticatedListener } from './proxy-authentication';
import { dynamicFile, type Extension, extension, FILTERS } from './types';

/**
 * Filters that check a user name and a password. Without users the dynamic files refuse every request. The router carries no
 * requests, so it has no filters.
 *
 * @param listener the listener
 */
export function basicFilters(listener: AuthenticatedListener): Extension[] {
  switch (listener) {
    case AuthenticatedListener.ROUTER:
      return [];
    case AuthenticatedListener.METRICS:
      return [withoutChallenge, dynamicFilter(DynamicFile.METRICS_USERS), withoutCredential];
    case AuthenticatedListener.ENTRY:
    case AuthenticatedListener.PEERS:
      return [withoutChallenge, dynamicFilter(DynamicFile.USERS), dynamicFilter(DynamicFile.OLD), withoutCredential];
  }
}

/** Filter that adds the credential to requests to peers. */
export function credentialInjector(): Extension {
  const injected = 'envoy.extensions.http.injected_credentials.generic.v3.Generic';
  return extension('envoy.filters.http.credential_injector', `${FILTERS}.credential_injector.v3.CredentialInjector`, {
    // Spegel sends an empty credential of its own.
    overwrite: true,
    credential: extension('envoy.http.injected_credentials.generic', injected, {
      credential: { name: DynamicFile.INJECTED, sds_config: dynamicFile(DynamicFile.INJECTED) },
    }),
  });
}

/** A filter out of a dynamic file. */
function dynamicFilter(name: DynamicFile): Extension {
  return {
    name,
    config_discovery: {
      type_urls: ['basic_auth.v3.BasicAuth', 'rbac.v3.RBAC'].map((type) => `type.googleapis.com/${FILTERS}.${type}`),
      config_source: dynamicFile(name),
    },
  };
}

/** A challenge would make containerd send the pod's pull secret. */
const withoutChallenge = withoutHeaders('response_mutations', 'www-authenticate');
const withoutCredential = withoutHeaders('request_mutations', 'authorization', USER_HEADER);
