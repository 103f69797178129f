from . import version_admin  # noqa: F401 (it registers the admin of publications)
