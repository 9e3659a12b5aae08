/** Who read what: the proxy's log has a line of JSON for each request at the entry and from peers. docs/access-log.md has its fields. */
export interface AccessLogProps {
  /**
   * Percent of the requests that are noted, but for refused ones, by chance.
   *
   * @default 100
   * @minimum 1
   * @maximum 100
   * @asType integer
   */
  readonly percent?: number;

  /**
   * Percent of the refused requests that are noted, by chance. With basic authentication anybody who reaches the listener can make as many
   * of them as he likes.
   *
   * @default 10
   * @minimum 1
   * @maximum 100
   * @asType integer
   */
  readonly refusedPercent?: number;
}
