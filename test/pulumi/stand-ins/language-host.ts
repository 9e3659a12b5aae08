/**
 * A stand-in for Pulumi's language host of Node, for machines where the real one is not to be had: the engine asks it to run a program.
 * As the real one does, it runs `@pulumi/pulumi/cmd/run` of the program's own node_modules in the program's folder, with the same
 * arguments and variables: TypeScript is compiled there, by the ts-node that the program has. What it does not do: install packages, look
 * for the plugins that they need (the engine finds them when they are used), debug, query, generate code.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb';
import * as messages from '@pulumi/pulumi/proto/language_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { version } from '@pulumi/pulumi/version';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { serve } from './serve';

/** Exit code of a program that said itself what is wrong: nothing is to be added. */
const SAID_SO = 32;

/** Flags may come first; the engine's address is last. */
const engine = process.argv.at(-1) ?? '';

type Call<T> = ServerUnaryCall<T, unknown>;

serve(LanguageRuntimeService as never, {
  handshake: (_: unknown, callback: sendUnaryData<messages.LanguageHandshakeResponse>) =>
    callback(null, new messages.LanguageHandshakeResponse()),
  getPluginInfo: (_: unknown, callback: sendUnaryData<PluginInfo>) => {
    const info = new PluginInfo();
    info.setVersion(version);
    callback(null, info);
  },
  about: (_: unknown, callback: sendUnaryData<messages.AboutResponse>) => {
    const about = new messages.AboutResponse();
    about.setExecutable(process.execPath);
    about.setVersion(process.version);
    callback(null, about);
  },
  getRequiredPackages: (_: unknown, callback: sendUnaryData<messages.GetRequiredPackagesResponse>) =>
    callback(null, new messages.GetRequiredPackagesResponse()),
  getProgramDependencies: (_: unknown, callback: sendUnaryData<messages.GetProgramDependenciesResponse>) =>
    callback(null, new messages.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: (_: unknown, callback: sendUnaryData<messages.RuntimeOptionsResponse>) =>
    callback(null, new messages.RuntimeOptionsResponse()),
  installDependencies: (stream: ServerWritableStream<unknown, unknown>) => stream.end(),
  cancel: (_: unknown, callback: sendUnaryData<Empty>) => callback(null, new Empty()),
  run: ({ request }: Call<messages.RunRequest>, callback: sendUnaryData<messages.RunResponse>) =>
    run(request, callback),
});

function run(request: messages.RunRequest, callback: sendUnaryData<messages.RunResponse>): void {
  const response = new messages.RunResponse();
  const failed = (message: string) => {
    response.setError(message);
    callback(null, response);
  };
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? '';
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as { [option: string]: unknown };
  let runner: string;
  try {
    runner = createRequire(join(folder, 'program')).resolve('@pulumi/pulumi/cmd/run');
  } catch {
    failed(`${folder}: @pulumi/pulumi is not installed`);
    return;
  }
  const given: [string, string][] = [
    ['monitor', request.getMonitorAddress()],
    ['engine', engine],
    ['organization', request.getOrganization()],
    ['project', request.getProject()],
    ['stack', request.getStack()],
    ['pwd', folder],
  ];
  const args = given.flatMap(([key, value]) => (value === '' ? [] : [`--${key}`, value]));
  const child = spawn(
    process.execPath,
    [
      ...String(options.nodeargs ?? '')
        .split(' ')
        .filter((arg) => arg !== ''),
      runner,
      ...args,
      ...(request.getDryrun() ? ['--dry-run'] : []),
      '--parallel',
      String(request.getParallel()),
      info?.getEntryPoint() ?? '.',
      ...request.getArgsList(),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...variables(request, options) } },
  );
  child.on('error', (error) => failed(`the program could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    response.setBail(code === SAID_SO);
    failed(code === 0 || code === SAID_SO ? '' : `Program exited with non-zero exit code: ${code ?? signal}`);
  });
}

/** Settings reach the program by its environment, secrets too: so they do with the real language host. */
function variables(request: messages.RunRequest, options: { [option: string]: unknown }): NodeJS.ProcessEnv {
  const config = [...request.getConfigMap().entries()].map(([key, value]) => [key.replace(':', ':config:'), value]);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: 'true' }),
    ...(typeof options.tsconfig === 'string' ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}
