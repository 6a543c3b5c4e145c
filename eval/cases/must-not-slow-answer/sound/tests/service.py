"""A service that answers when it gets to it."""

import os
import socket
import threading
import time


class Service:
    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.answer, daemon=True).start()
        return self.listener.getsockname()[1]

    def answer(self):
        connection, _ = self.listener.accept()
        with connection:
            connection.recv(64)
            time.sleep(float(os.environ.get("ANSWERS_AFTER_SECONDS", "0")))
            try:
                connection.sendall(b"well\n")
            except OSError:
                pass

    def __exit__(self, *_):
        self.listener.close()
