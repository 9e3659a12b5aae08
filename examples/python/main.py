"""The secured mirror of one cluster, from Python: mutual TLS, and tokens for the pods of the Kubernetes Ingress Controller."""

from cdk8s import App, Chart
from secure_mirror import (
    Authentication,
    CertificateIssuer,
    IngressControllerTokens,
    PodsOf,
    SecuredStack,
    TokenQuotaProps,
)

app = App()
chart = Chart(app, "secured-mirror")
stack = SecuredStack(
    chart,
    "stack",
    name="production",
    registries=["docker.io", "ghcr.io"],
    authentication=Authentication.mutual_tls(
        issuer=CertificateIssuer.from_ca_secret_name("mirror-ca")
    ),
    tokens=[
        IngressControllerTokens.of(
            owner="team-kubernetes",
            release_pods=PodsOf.from_names("kong", ["kong-controller"]),
            quota=TokenQuotaProps(plan="team"),
        )
    ],
)
for warning in stack.warnings:
    print(f"warning: {warning}")
app.synth()
