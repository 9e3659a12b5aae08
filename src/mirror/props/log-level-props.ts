/** How much each container logs. No level shows a credential. */
export interface LogLevelProps {
  /**
   * The proxy. At debug it shows connections, and who presents which certificate; what Envoy would show of requests and of its dynamic files stays
   * out at every level. The access log is another setting, `accessLog`.
   *
   * @default warning
   */
  readonly proxy?: LogLevel;

  /**
   * Spegel. At debug it shows each request with its path, and so the names of private images.
   *
   * @default info
   */
  readonly spegel?: LogLevel;

  /**
   * The node agent. Info has a line for each event; warning leaves out what goes as it should.
   *
   * @default info
   */
  readonly nodeAgent?: 'info' | 'warning';
}

/** A level, with all that is more severe. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
