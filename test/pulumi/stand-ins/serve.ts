import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';

/** Largest message that Pulumi's own plugins take, in bytes. */
const LARGEST = 400 * 1024 * 1024;

/**
 * Serves a plugin as Pulumi's engine wants it: on a free port, which is the first line of its output.
 *
 * @param service the service
 * @param methods what answers
 */
export function serve(service: ServiceDefinition, methods: UntypedServiceImplementation): void {
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST, 'grpc.max_send_message_length': LARGEST });
  server.addService(service, methods);
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      throw error;
    }
    process.stdout.write(`${port}\n`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => process.exit(0));
  }
}
