/** What package-lock.json says of a package. */
interface Entry {
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Ranges;
  readonly optionalDependencies?: Ranges;
  readonly peerDependencies?: Ranges;
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}
interface Ranges {
  readonly [name: string]: string;
}

/** The packages of a package-lock.json, by their folders; the package itself has the folder ''. */
export class LockedPackages {
  private readonly entries: { readonly [folder: string]: Entry };

  constructor(text: string) {
    this.entries = JSON.parse(text).packages;
  }

  at(folder: string): Entry & { readonly name: string } {
    const entry = this.entries[folder];
    if (entry === undefined) throw new Error(`package-lock.json has no ${folder}`);
    return { name: folder.replace(/^.*node_modules[/]/, ''), ...entry };
  }

  /** Folders of what a package needs: dependencies, and peers that are not optional. */
  dependencies(folder = ''): string[] {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = this.at(folder);
    const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
    return this.folders(folder, [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]);
  }

  /** Folders of what the package itself can do without. */
  optionalPeers(): string[] {
    const { peerDependencies, peerDependenciesMeta } = this.at('');
    const names = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional);
    return this.folders('', names);
  }

  /** Folders of some packages and of all that they need, however far. */
  closure(folders: readonly string[]): Set<string> {
    const found = new Set<string>();
    const visit = (folder: string) => {
      if (found.has(folder)) return;
      found.add(folder);
      this.dependencies(folder).forEach(visit);
    };
    folders.forEach(visit);
    return found;
  }

  /** Where Node finds packages from within a folder; an optional one may be nowhere. */
  private folders(from: string, names: readonly string[]): string[] {
    return names.flatMap((name) => {
      for (let within = from; ; within = within.replace(/[/]?node_modules[/](@[^/]+[/])?[^/]+$/, '')) {
        const folder = `${within === '' ? '' : `${within}/`}node_modules/${name}`;
        if (folder in this.entries) return [folder];
        if (within === '') return [];
      }
    });
  }
}
