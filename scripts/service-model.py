#!/usr/bin/env python3
"""Writes fixtures/service-model/cognito-idp.json from an installed botocore.

The fixture holds the shapes of SetLogDeliveryConfiguration as AWS publishes them; a test compares
schemas/log-delivery.json with it. To follow AWS: pip install -U botocore, then run this script.
"""

import json
from pathlib import Path

import botocore
from botocore.loaders import Loader

SHAPES = [
    "SetLogDeliveryConfigurationRequest",
    "LogConfigurationListType",
    "LogConfigurationType",
    "LogLevel",
    "EventSourceName",
    "CloudWatchLogsConfigurationType",
    "S3ConfigurationType",
    "FirehoseConfigurationType",
    "UserPoolIdType",
    "ArnType",
    "S3ArnType",
]
TARGET = Path(__file__).parent.parent / "fixtures" / "service-model" / "cognito-idp.json"


def without_documentation(node):
    """A shape without its prose. A member that is called `documentation` would be a mapping, not a text."""
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not (key == "documentation" and isinstance(value, str))}
    return {key: without_documentation(value) for key, value in kept.items()}


def main():
    shapes = Loader().load_service_model("cognito-idp", "service-2")["shapes"]
    fixture = {
        "botocore": botocore.__version__,
        "shapes": {name: without_documentation(shapes[name]) for name in SHAPES},
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(fixture, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
