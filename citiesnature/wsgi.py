"""The WSGI application (`gunicorn citiesnature.wsgi`), with production settings by default."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.production")

application = get_wsgi_application()
