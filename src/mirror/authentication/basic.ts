import { DynamicFile } from '../contract/dynamic-files';
import { USER_HEADER } from '../contract/http';
import { dynamicFile, type Extension, extension } from '../envoy/types';
import { Door, type IWay, type WayIn, type WayOut } from './authentication';

const FILTERS = 'envoy.extensions.filters.http';

/**
 * Requests carry a user name and a password. The node agent hands over to the proxy who may come in and what is shown to peers, so both
 * change without a restart. The router carries no requests, so nothing but the policies guards it: without them this way is refused.
 */
export class Basic implements IWay {
  public readonly name = 'basic';
  public readonly scheme = 'http';
  public readonly envoyFiles = {};

  public accept(door: Door): WayIn[] {
    return [{ name: this.name, match: { transport_protocol: 'raw_buffer' }, httpFilters: filtersAt(door) }];
  }

  public present(): WayOut {
    const injected = 'envoy.extensions.http.injected_credentials.generic.v3.Generic';
    return {
      httpFilters: [
        extension('envoy.filters.http.credential_injector', `${FILTERS}.credential_injector.v3.CredentialInjector`, {
          // Spegel sends an empty credential of its own.
          overwrite: true,
          credential: extension('envoy.http.injected_credentials.generic', injected, {
            credential: { name: DynamicFile.INJECTED, sds_config: dynamicFile(DynamicFile.INJECTED) },
          }),
        }),
      ],
    };
  }
}

function filtersAt(door: Door): Extension[] {
  if (door === Door.ROUTER) {
    return [];
  }
  return [
    withoutChallenge,
    handed(door === Door.METRICS ? DynamicFile.METRICS_USERS : DynamicFile.USERS),
    ...(door === Door.METRICS ? [] : [handed(DynamicFile.OLD)]),
    withoutCredential,
  ];
}

/** A filter that the node agent hands over: who may come in, or a refusal of everybody as long as nobody may. */
function handed(name: DynamicFile): Extension {
  return {
    name,
    config_discovery: {
      type_urls: ['basic_auth.v3.BasicAuth', 'rbac.v3.RBAC'].map((type) => `type.googleapis.com/${FILTERS}.${type}`),
      config_source: dynamicFile(name),
    },
  };
}

/** A challenge would make containerd hand over the pod's pull secret. */
const withoutChallenge = headerMutation({ response_mutations: [{ remove: 'www-authenticate' }] });
const withoutCredential = headerMutation({ request_mutations: [{ remove: 'authorization' }, { remove: USER_HEADER }] });

function headerMutation(mutations: object): Extension {
  return extension('envoy.filters.http.header_mutation', `${FILTERS}.header_mutation.v3.HeaderMutation`, { mutations });
}
