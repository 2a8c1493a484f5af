import { shownUrl } from '../clients/call-address.js';
import { targetOf } from '../clients/redirection.js';
import { USUAL_REDIRECTS } from '../clients/redirect-limits.js';
import { DownloadError } from '../core/download-error.js';

const OF_ONE_ORIGIN: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'host',
  'proxy-authorization',
]);

/** The redirects of one attempt: followed afresh each time, because addresses that are signed for a time run out. */
export class WayToFile {
  readonly #visited = new Set<string>();
  #url: URL;
  #headers: Readonly<Record<string, string>>;

  /** `headers` are those of the caller; those with credentials are not told to another origin. */
  constructor(url: URL, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Where the next request goes. */
  get url(): URL {
    return this.#url;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /**
   * Takes a `Location`, relative to where the request went.
   *
   * @throws {DownloadError} `REDIRECT` when it may not be followed.
   */
  follow(location: string): void {
    this.#visited.add(this.#url.href);
    const target = targetOf(location, this.#url.href);
    if (target === undefined) throw this.#fault('to something that is no http or https address');
    if (target.username !== '' || target.password !== '') {
      throw this.#fault('to an address with a user name or password in it');
    }
    if (this.#url.protocol === 'https:' && target.protocol === 'http:') {
      throw this.#fault(`from https to http (${shownUrl(target)}), which is not followed`);
    }
    if (this.#visited.has(target.href)) throw this.#fault('around a circle');
    if (this.#visited.size > USUAL_REDIRECTS) {
      throw this.#fault(`more than ${USUAL_REDIRECTS} times`);
    }
    if (target.origin !== this.#url.origin) {
      this.#headers = Object.fromEntries(
        Object.entries(this.#headers).filter(([name]) => !OF_ONE_ORIGIN.has(name)),
      );
    }
    this.#url = target;
  }

  #fault(way: string): DownloadError {
    return new DownloadError('REDIRECT', `the server redirects ${way}`);
  }
}
