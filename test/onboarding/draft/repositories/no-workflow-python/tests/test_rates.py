def test_rate(): pass
