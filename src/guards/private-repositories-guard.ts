import { Construct } from 'constructs';
import { literal, validation } from '../kubernetes/cel';
import { written } from '../kubernetes/written';
import { pullSecretNames } from '../tokens/admission/pull-secret-names';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { GuardPolicy } from './guard-policy';
import { podVariables, repositoriesOf } from './image-names';
import { whoLifts } from './operators';
import { privatePlaces } from './private-places';
import type { GuardAction } from './props/guard-props';

const NAME = 'private-repositories';

/**
 * Refuses images of an organisation's private repositories to pods whose namespace the pull token is not bound to, also where the node has
 * the image already. Nothing is made without pull tokens.
 */
export class PrivateRepositoriesGuard extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    { action, tokens }: { action: GuardAction; tokens: ResolvedTokens },
  ) {
    super(scope, id);
    const places = privatePlaces(tokens);
    if (Object.keys(places).length === 0) return;
    const mayUse =
      "(request.namespace + '/' + variables.account) in variables.places[name] || " +
      "variables.secrets.exists(secret, (request.namespace + '#' + secret) in variables.places[name])";
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action,
      matchConstraints: {
        resourceRules: [
          written('', ['pods', 'pods/ephemeralcontainers', 'replicationcontrollers']),
          written('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
          written('batch', ['jobs', 'cronjobs']),
        ],
      },
      variables: [
        ...podVariables,
        { name: 'places', expression: literal(places) },
        { name: 'secrets', expression: pullSecretNames('object') },
        { name: 'private', expression: `${repositoriesOf('variables.images')}.filter(name, name in variables.places)` },
        { name: 'refused', expression: `variables.private.filter(name, !(${mayUse}))` },
      ],
      validations: [
        {
          expression: 'size(variables.refused) == 0',
          messageExpression:
            "'images of the private repository ' + variables.refused[0] + ' are for the pods that its pull token is bound to, and pods of ' + " +
            "request.namespace + '/' + variables.account + ' are none of them: the person who keeps the tokens in stack.yaml can bind it, under bindTo'",
          reason: 'Forbidden',
        },
        validation(
          "variables.images.all(image, !image.matches('^sha[0-9]+:'))",
          `an image that is named by its own digest alone can be anybody's private one: name its repository; ${whoLifts(NAME)}`,
        ),
      ],
    });
  }
}
