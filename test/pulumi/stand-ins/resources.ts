import { randomBytes } from 'node:crypto';
import { annotation, settled } from './await';
import { Cluster, named } from './cluster';
import type { Configuration } from './configuration';
import { takenOver } from './managers';
import { render, unrender } from './render';
import { holdsUnknowns, type Json, type JsonObject, unwrapped, wrapped } from './values';

/** An object that is in the cluster, but that something went wrong with. */
export class NotSettled extends Error {
  public constructor(
    message: string,
    public readonly id: string,
    public readonly state: JsonObject,
  ) {
    super(message);
  }
}

/** Makes, changes and deletes objects of a cluster, or files of a folder, as the provider does. */
export class Resources {
  private readonly cluster: Cluster;

  public constructor(private readonly configuration: Configuration) {
    this.cluster = new Cluster(configuration.access);
  }

  /** Creates an object, or its patch. Gives the state that Pulumi keeps. */
  public async create(inputs: JsonObject, patch: boolean, preview: boolean): Promise<JsonObject> {
    const object = unwrapped(inputs) as JsonObject;
    const { folder, upsert } = this.configuration;
    if (preview && (patch || holdsUnknowns(inputs) || (folder !== undefined && !(await this.cluster.knows(object))))) {
      return inputs;
    }
    const manager =
      annotation(object, 'pulumi.com/patchFieldManager') ?? `pulumi-kubernetes-${randomBytes(4).toString('hex')}`;
    if (folder !== undefined) {
      render(folder, object);
      return checkpoint(object, inputs, manager);
    }
    try {
      const made =
        upsert || patch
          ? await this.cluster.apply(object, manager, preview || this.forced(object), preview)
          : await this.cluster.create(object, manager, preview);
      return await this.finished(made, inputs, manager, preview);
    } catch (error) {
      // A namespace that is not there yet, and an object that is there, do not fail the preview.
      if (preview && /NotFound|AlreadyExists/.test(String(error))) {
        return inputs;
      }
      throw error;
    }
  }

  /** Changes an object, by an apply on the server's side. Gives the state that Pulumi keeps. */
  public async update(state: JsonObject, inputs: JsonObject, patch: boolean, preview: boolean): Promise<JsonObject> {
    const object = unwrapped(inputs) as JsonObject;
    const { folder } = this.configuration;
    const manager = String(state.__fieldManager);
    if (preview && (holdsUnknowns(inputs) || (folder !== undefined && !(await this.cluster.knows(object))))) {
      return inputs;
    }
    if (folder !== undefined) {
      render(folder, object);
      return checkpoint(object, inputs, manager);
    }
    const live = await this.cluster.get(object);
    const managers = live && !patch ? takenOver(live, manager) : undefined;
    if (managers !== undefined && !preview) {
      await this.cluster.setManagers(object, managers);
    }
    const force = this.forced(object) || (preview && managers !== undefined);
    return this.finished(await this.cluster.apply(object, manager, force, preview), inputs, manager, preview);
  }

  /** Deletes an object, or gives up the fields of a patch. */
  public async delete(state: JsonObject, patch: boolean): Promise<void> {
    const object = named(unwrapped(state) as JsonObject);
    const { folder } = this.configuration;
    if (folder !== undefined) {
      unrender(folder, object);
    } else if (!patch) {
      await this.cluster.delete(object);
    } else if ((await this.cluster.get(object)) !== undefined) {
      await this.cluster.apply(object, String(state.__fieldManager), false, false);
    }
  }

  /** The state of an object as it is now; undefined when it is gone. */
  public async read(state: JsonObject): Promise<JsonObject | undefined> {
    if (this.configuration.folder !== undefined) {
      return state;
    }
    const live = await this.cluster.get(unwrapped(state) as JsonObject);
    return live && checkpoint(live, (state.__inputs ?? {}) as JsonObject, String(state.__fieldManager));
  }

  private forced(object: JsonObject): boolean {
    const said = annotation(object, 'pulumi.com/patchForce');
    return said === undefined ? this.configuration.force : said === 'true';
  }

  private async finished(made: JsonObject, inputs: JsonObject, manager: string, preview: boolean): Promise<JsonObject> {
    if (preview) {
      const { status: _, ...rest } = made;
      return checkpoint(rest, inputs, manager);
    }
    try {
      await settled(this.cluster, made, inputs);
    } catch (error) {
      throw new NotSettled(String((error as Error).message), idOf(made), checkpoint(made, inputs, manager));
    }
    return checkpoint((await this.cluster.get(made)) ?? made, inputs, manager);
  }
}

/** Name of an object in its namespace, as Pulumi keeps it. */
export function idOf({ metadata }: JsonObject): string {
  const { namespace, name } = metadata as { namespace?: string; name: string };
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** What Pulumi keeps of an object: how it is, what it was made of, and by which manager of fields. */
function checkpoint(live: JsonObject, inputs: JsonObject, manager: string): JsonObject {
  const kept: Json = wrapped(unwrapped(inputs) as JsonObject, inputs);
  return {
    ...wrapped(live, inputs),
    __inputs: kept,
    __initialApiVersion: live.apiVersion ?? '',
    __fieldManager: manager,
  };
}
