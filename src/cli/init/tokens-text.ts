/**
 * Tokens of an organisation, for a new stack.yaml: one that pulls and one that pushes, without a date that could pass.
 *
 * @param organization the organisation at Docker Hub, as YAML
 * @param repository a repository of it, as YAML
 */
export function tokensText(organization: string, repository: string): string[] {
  return `    # Access tokens of Docker Hub, one for each purpose: docs/tokens.md. Replace the purposes, repositories, owners and
    # pods by yours. A purpose is the label of its token at the registry.
    tokens:
      - organization: ${organization}
        pull:
          # Its Secret is app-pull in the namespace of the pods.
          - purpose: app pull
            repositories: [${repository}]
            owner: team-app
            bindTo:
              - namespace: app
                serviceAccounts: [app]
        # Tokens that push are for CI alone, unless you name a build workload.
        push:
          - purpose: app push
            repositories: [${repository}]
            owner: team-app`.split('\n');
}
