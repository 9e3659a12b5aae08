/**
 * A stand-in for Pulumi's Kubernetes provider, 4.34, for machines where the real one is not to be had: kubectl speaks to the cluster.
 *
 * As the real one: an object that is there is not created unless `upsertExistingObjects`; changes are applied on the server's side under a
 * manager of their own, which takes over what kubectl's default managers own, and no other's; what changes is judged by the object as it
 * was last seen; names, ConfigMaps and Secrets are replaced unless told otherwise; patches leave their object; DaemonSets and Services are
 * awaited, and deletes; previews ask the server unless something is unknown; secrets of inputs and all data of Secrets are secret in the
 * state. With `renderYamlToDirectory` it takes no cluster, writes files, secrets in the clear, in previews too where a cluster answers that
 * knows the kind, deletes files, and reads nothing. For another folder, or another cluster, it is replaced, and with it all that it made.
 * Not as the real one: no automatic names, charts, YAML or functions, no strict mode, no
 * `alwaysRender`; it does not warn of secrets in files; quantities are
 * compared as they are written; objects are not checked against schemas before they are sent; what is missing is not tried again.
 */
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type Configuration, configurationOf } from './configuration';
import { difference } from './diff';
import { diffResponse, failure, properties, struct } from './messages';
import { normal } from './normal';
import { refusals, settingsDifference } from './provider-settings';
import { idOf, Resources } from './resources';
import { serve } from './serve';
import { isObject, type JsonObject, unwrapped, wrapped } from './values';

let configuration: Configuration = configurationOf(new Map());

/** A method of the provider: its answer, or an error in which the engine finds what was made. */
function method<Request, Response>(act: (request: Request) => Promise<Response>) {
  return ({ request }: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    act(request).then(
      (response) => callback(null, response),
      (error) => callback(failure(error), null),
    );
  };
}

serve(ResourceProviderService as never, {
  getPluginInfo: method(async () => new PluginInfo().setVersion('4.34.2')),
  checkConfig: method(async (request: messages.CheckRequest) => {
    const failures = refusals(unwrapped(properties(request.getNews())) as JsonObject).map(({ property, reason }) =>
      new messages.CheckFailure().setProperty(property).setReason(reason),
    );
    return new messages.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
  }),
  diffConfig: method(async (request: messages.DiffRequest) => {
    const [old, now] = [properties(request.getOldInputs() ?? request.getOlds()), properties(request.getNews())];
    const { changed, replaces } = settingsDifference(unwrapped(old) as JsonObject, unwrapped(now) as JsonObject);
    return diffResponse(changed, replaces);
  }),
  configure: method(async (request: messages.ConfigureRequest) => {
    configuration = configurationOf(new Map(request.getVariablesMap().getEntryList()));
    return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }),
  check: method(async (request: messages.CheckRequest) => {
    const news = normal(properties(request.getNews()));
    if (!isObject(news.metadata) || news.metadata.name === undefined) {
      throw new Error(`${request.getUrn()}: the stand-in makes up no names: metadata.name is wanted`);
    }
    return new messages.CheckResponse().setInputs(struct(wrapped(unwrapped(news) as JsonObject, news)));
  }),
  diff: method(async (request: messages.DiffRequest) => {
    const { __inputs: old = {}, ...live } = unwrapped(properties(request.getOlds())) as JsonObject;
    const now = unwrapped(properties(request.getNews())) as JsonObject;
    const { paths, replaces } = difference(
      live,
      old as JsonObject,
      now,
      isPatch(request.getUrn()),
      configuration.mutable,
    );
    return diffResponse(Object.keys(paths), replaces, paths);
  }),
  create: method(async (request: messages.CreateRequest) => {
    const inputs = properties(request.getProperties());
    const state = await resources().create(inputs, isPatch(request.getUrn()), request.getPreview());
    const response = new messages.CreateResponse().setProperties(struct(state));
    return request.getPreview() ? response : response.setId(idOf(unwrapped(inputs) as JsonObject));
  }),
  update: method(async (request: messages.UpdateRequest) => {
    const [olds, news] = [properties(request.getOlds()), properties(request.getNews())];
    const state = await resources().update(olds, news, isPatch(request.getUrn()), request.getPreview());
    return new messages.UpdateResponse().setProperties(struct(state));
  }),
  delete: method(async (request: messages.DeleteRequest) => {
    await resources().delete(properties(request.getProperties()), isPatch(request.getUrn()));
    return new Empty();
  }),
  read: method(async (request: messages.ReadRequest) => {
    const old = properties(request.getProperties());
    const state = await resources().read(old);
    const response = new messages.ReadResponse();
    return state === undefined
      ? response
      : response
          .setId(request.getId())
          .setProperties(struct(state))
          .setInputs(struct((old.__inputs ?? {}) as JsonObject));
  }),
  cancel: method(async () => new Empty()),
});

function resources(): Resources {
  return new Resources(configuration);
}

/** Whether a resource is a patch of another's object, by its type, which is the last part of what its URN says of it. */
function isPatch(urn: string): boolean {
  return /Patch$/.test(urn.split('::')[2] ?? '');
}
