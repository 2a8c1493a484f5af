import { readFileSync } from 'node:fs';

/** What this package says of itself. */
export interface PackageManifest {
  readonly version: string;
  /** The versions of what it is developed with. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The `package.json` of this package. */
export function packageManifest(): PackageManifest {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version, devDependencies }: Record<string, unknown> = Object(JSON.parse(text));
  return {
    version: typeof version === 'string' ? version : 'unknown',
    devDependencies: Object.fromEntries(
      Object.entries(Object(devDependencies)).map(([name, each]) => [name, String(each)]),
    ),
  };
}

/** The version of this package. */
export function packageVersion(): string {
  return packageManifest().version;
}
