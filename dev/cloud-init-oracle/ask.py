"""
Asks cloud-init's own code. Reads one JSON request a line and writes one JSON answer a line.

  {"ask": "version"}                                 that of cloud-init
  {"ask": "schemas"}                                 the schemas by their kind
  {"ask": "valid", "kind": "cloud-config", "text"}   the errors of the schema, deprecations left out
  {"ask": "merged", "parts": [text, …]}              the configuration that parts of one message become
  {"ask": "with vendor data", "parts": [user, vendor]}
  {"ask": "rendered", "text", "data"}                a Jinja template with instance data: its text, or the exception

The schema of autoinstall is Subiquity's; AUTOINSTALL_SCHEMA names its file.
"""

import json
import logging
import os
import sys

import yaml
from cloudinit import util, version
from cloudinit.config import schema

logging.disable(logging.CRITICAL)


def schemas():
    found = {"cloud-config": schema.get_schema()}
    for version in ("1", "2"):
        kind = getattr(getattr(schema, "SchemaType", None), "NETWORK_CONFIG_V" + version, None)
        if kind:
            found["network " + version] = schema.get_schema(kind)
    path = os.environ.get("AUTOINSTALL_SCHEMA")
    if path:
        with open(path, encoding="utf-8") as stream:
            found["autoinstall"] = json.load(stream)
    return found


SCHEMAS = schemas()


def valid(kind, text):
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return [{"path": "", "message": "YAML: " + str(error).replace("\n", " ")}]
    if kind.startswith("network") and isinstance(config, dict) and "network" not in config:
        config = {"network": config}
    if kind == "autoinstall":
        from jsonschema import Draft7Validator

        inner = config.get("autoinstall") if isinstance(config, dict) else None
        errors = Draft7Validator(SCHEMAS[kind]).iter_errors(inner)
        return [{"path": ".".join(map(str, error.path)), "message": error.message} for error in errors]
    try:
        given = {"schema": SCHEMAS[kind], "strict": True}
        if kind.startswith("network"):
            given["schema_type"] = getattr(schema.SchemaType, "NETWORK_CONFIG_V" + kind[-1])
        schema.validate_cloudconfig_schema(config, **given)
    except schema.SchemaValidationError as error:
        return [{"path": one[0], "message": one[1]} for one in error.schema_errors or []]
    return []


def merged(parts):
    from cloudinit.handlers.cloud_config import CloudConfigPartHandler

    class Paths:
        def get_ipath(self, _name):
            return None

        def get_ipath_cur(self, _name=None):
            return None

    handler = CloudConfigPartHandler(Paths())
    for number, part in enumerate(parts):
        handler.handle_part(None, "text/cloud-config", "part-%d" % number, part, None, {})
    return handler.cloud_buf if handler.cloud_buf is not None else {}


def with_vendor_data(user, vendor):
    # What Init._initial_subsystem and ConfigMerger do: the part handler reads each, then user-data comes first.
    return util.mergemanydict([merged([user]), merged([vendor])])


def rendered(text, data):
    from cloudinit.handlers import jinja_template

    try:
        # The same without the `try` of render_jinja_payload, which hides why a template is dropped.
        names = jinja_template.convert_jinja_instance_data(data, include_key_aliases=True)
        return jinja_template.render_string(text, names)
    except Exception as error:  # pylint: disable=broad-except
        return {"raised": type(error).__name__ + ": " + str(error).split("\n", maxsplit=1)[0]}


def answer(request):
    ask = request["ask"]
    if ask == "version":
        return version.version_string()
    if ask == "schemas":
        return SCHEMAS
    if ask == "valid":
        return valid(request["kind"], request["text"])
    if ask == "merged":
        return merged(request["parts"])
    if ask == "with vendor data":
        return with_vendor_data(*request["parts"])
    return rendered(request["text"], request["data"])


for line in sys.stdin:
    try:
        said = {"answer": answer(json.loads(line))}
    except Exception as error:  # pylint: disable=broad-except
        said = {"failed": type(error).__name__ + ": " + str(error)}
    print(json.dumps(said, default=str), flush=True)
