import { status as codes, Metadata } from '@grpc/grpc-js';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Status } from '@pulumi/pulumi/proto/status_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { NotSettled } from './resources';
import type { JsonObject } from './values';

/** Properties of a message. */
export function properties(given: Struct | undefined): JsonObject {
  return (given?.toJavaScript() ?? {}) as JsonObject;
}

/** Properties for a message. */
export function struct(given: JsonObject): Struct {
  return Struct.fromJavaScript(given as never);
}

/**
 * The answer about what changes.
 *
 * @param changed paths of it
 * @param replaces those for which the resource is replaced
 * @param paths whether each is added, deleted or updated
 */
export function diffResponse(
  changed: string[],
  replaces: string[],
  paths?: { readonly [path: string]: string },
): messages.DiffResponse {
  const response = new messages.DiffResponse().setDiffsList(changed).setReplacesList(replaces);
  response.setChanges(messages.DiffResponse.DiffChanges[changed.length > 0 ? 'DIFF_SOME' : 'DIFF_NONE']);
  // Two objects of one name cannot be side by side; two providers can.
  response.setDeletebeforereplace(
    paths !== undefined && replaces.length > 0 && !replaces.some((path) => /^metadata[.]name(space)?$/.test(path)),
  );
  for (const [path, kind] of Object.entries(paths ?? {})) {
    const name = `${kind.toUpperCase()}${replaces.includes(path) ? '_REPLACE' : ''}` as 'ADD';
    const detail = new messages.PropertyDiff().setKind(messages.PropertyDiff.Kind[name]);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response.setHasdetaileddiff(paths !== undefined);
}

/** The engine keeps what was made, though something is wrong with it, when the error says what it is. */
export function failure(error: Error): { code: codes; message: string; metadata: Metadata } {
  const metadata = new Metadata();
  if (error instanceof NotSettled) {
    const detail = new messages.ErrorResourceInitFailed()
      .setId(error.id)
      .setProperties(struct(error.state))
      .setReasonsList([error.message]);
    const any = new Any();
    any.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
    const said = new Status().setCode(codes.UNKNOWN).setMessage(error.message).addDetails(any);
    metadata.add('grpc-status-details-bin', Buffer.from(said.serializeBinary()));
  }
  return { code: codes.UNKNOWN, message: error.message, metadata };
}
