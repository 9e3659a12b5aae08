import type { Row } from './row';
import { falseMirror, takenPort } from './rows/false-mirror';
import { compromisedNode, directPath, falseRecord, knownLayer, tokenRights } from './rows/not-tried';
import { webhook } from './rows/t1-webhook';
import { tenant } from './rows/t2-tenant';
import { apiServer } from './rows/t3-api-server';
import { kubelet } from './rows/t4-kubelet';
import { nodeFiles } from './rows/t5-node-files';
import { lan } from './rows/t7-lan';
import { metrics } from './rows/t8-metrics';
import { router } from './rows/t9-router';
import { tags } from './rows/t11-tags';
import { credentials } from './rows/t12-credentials';
import { privateImage } from './rows/t13-private-image';
import { publicRepositories } from './rows/t15-public';
import { forwardProxy } from './rows/t16-forward-proxy';
import { deadProxy } from './rows/t17-dead-proxy';
import { images } from './rows/t18-images';
import { pushSecret } from './rows/t20-push-secret';
import { issuer } from './rows/t21-issuer';

/** The attack suite, in the order of docs/security.md. */
export const rows: readonly Row[] = [
  webhook,
  tenant,
  apiServer,
  kubelet,
  nodeFiles,
  compromisedNode,
  lan(),
  metrics,
  router,
  falseRecord,
  tags,
  credentials,
  privateImage,
  knownLayer,
  publicRepositories,
  forwardProxy,
  deadProxy,
  images,
  tokenRights,
  pushSecret,
  issuer,
  takenPort,
  falseMirror,
  directPath,
];
