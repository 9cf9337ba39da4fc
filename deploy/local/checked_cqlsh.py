"""cqlsh that checks whose certificate a node shows: checked_cqlsh.py CQLSH ARGUMENT…

cqlsh itself takes any certificate, whatever `validate` says: the driver that it is pinned to (3.30.1) sets the options
of its SSLContext where it means verify_mode. The settings are cqlsh's: [ssl] in cqlshrc, SSL_CERTFILE and SSL_VALIDATE.
A certificate must be of an authority of certfile, be valid, and be for the host that cqlsh is called with.
"""

import runpy
import ssl
import sys

from cassandra.connection import Connection
from cqlshlib import sslhandling

cqlsh_settings = sslhandling.ssl_settings


def settings(host, *arguments, **named):
    """With the name that the certificate must be for; node addresses stand for it once it is resolved."""
    return cqlsh_settings(host, *arguments, **named) | {"server_hostname": host}


def context(connection):
    """In the place of the driver's own."""
    options = connection.ssl_options
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if options["cert_reqs"] == ssl.CERT_NONE:  # validate = false: the user's own word
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    if options["ca_certs"]:
        made.load_verify_locations(options["ca_certs"])
    if options["certfile"]:
        made.load_cert_chain(options["certfile"], options["keyfile"])
    return made


if __name__ == "__main__":
    sslhandling.ssl_settings = settings
    Connection._build_ssl_context_from_options = context
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
