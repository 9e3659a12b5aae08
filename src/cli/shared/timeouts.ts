/** How long a command may take, unless the user says --timeout: long enough for thousands of nodes, and no command waits for ever. */
export const TIMEOUTS = {
  check: '5m',
  verify: '10m',
  status: '10m',
  ca: '10m',
  // The tool before it in the pipe may build for minutes.
  compare: '10m',
  'images lock': '5m',
  'tokens verify': '15m',
  'tokens drift': '15m',
  'tokens retire': '15m',
  // A person may have to unlock what hands over the token.
  'tokens docker-config': '5m',
} as const satisfies { readonly [command: string]: string };
