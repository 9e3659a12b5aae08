"""What the test of the Python wheel asks of it: references to objects of the app, and an error in our own words."""

import json
import sys

import cdk8s_plus_28 as kplus
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart
from secure_mirror import (
    Authentication,
    BasicCredential,
    CertificateIssuer,
    CredentialProps,
    PodsOf,
    SecuredStack,
)

chart = Chart(App(), "chart", namespace="secured-mirror")
secret = kplus.Secret(chart, "secret", metadata=ApiObjectMetadata(name="mirror-ca"))
plain = ApiObject(
    chart, "plain", api_version="v1", kind="Secret", metadata=ApiObjectMetadata(name="credential")
)
issuer = ApiObject(
    chart,
    "issuer",
    api_version="cert-manager.io/v1",
    kind="Issuer",
    metadata=ApiObjectMetadata(name="ours"),
)
account = kplus.ServiceAccount(chart, "account", metadata=ApiObjectMetadata(name="controller"))


def error(make):
    try:
        make()
        return None
    except Exception as wrong:  # jsii raises RuntimeError with the message of the library
        return str(wrong)


found = CertificateIssuer.of(issuer).ref
bindings = PodsOf.service_accounts([account])
json.dump(
    {
        "caSecret": CertificateIssuer.of_ca_secret(secret).ca_secret,
        "credential": BasicCredential.of(plain).credential.secret,
        "issuer": [found.name, found.kind, found.group],
        "pods": [[one.namespace, one.service_accounts] for one in bindings],
        "elsewhere": error(lambda: BasicCredential.of(plain, "images")),
        "wrong": error(
            lambda: SecuredStack(
                chart,
                "stack",
                name="test",
                registries=["docker.io:443"],
                authentication=Authentication.basic(credential=CredentialProps(secret="c")),
            )
        ),
    },
    sys.stdout,
)
