import pytest

pytest.register_assert_rewrite("tests.providers.contract", "tests.providers.stage")
