import json
import os
import threading
import unittest
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer

from service import Handler
from words import count_words


class CountWords(unittest.TestCase):
    def test_ranks_by_number_then_by_name(self):
        self.assertEqual(count_words("b a B c"), {"words": 4, "most": [("b", 2), ("a", 1), ("c", 1)]})

    def test_nothing(self):
        self.assertEqual(count_words(" ,;"), {"words": 0, "most": []})


class Service(unittest.TestCase):
    """FOOTING_TEST_URL: test a server that runs already, for instance in a container."""

    @classmethod
    def setUpClass(cls):
        cls.url = os.environ.get("FOOTING_TEST_URL")
        cls.server = None
        if cls.url is None:
            cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=cls.server.serve_forever, daemon=True).start()
            cls.url = f"http://127.0.0.1:{cls.server.server_port}"

    @classmethod
    def tearDownClass(cls):
        if cls.server is not None:
            cls.server.shutdown()
            cls.server.server_close()

    def test_health(self):
        with urllib.request.urlopen(f"{self.url}/health") as response:
            self.assertEqual(json.load(response)["status"], "ok")

    def test_count(self):
        with urllib.request.urlopen(f"{self.url}/count", data="zwei zwei eins".encode()) as response:
            self.assertEqual(json.load(response), {"words": 3, "most": [["zwei", 2], ["eins", 1]]})

    def test_unknown(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{self.url}/other")
        self.assertEqual(caught.exception.code, 404)
        caught.exception.close()


if __name__ == "__main__":
    unittest.main()
