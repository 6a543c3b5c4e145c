"""Asks a service whether it is well."""

import socket


def is_well(port, timeout=0.5):
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(b"how are you?\n")
        return connection.recv(64) == b"well\n"
