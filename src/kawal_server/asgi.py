"""What a web server runs: the post, behind a door that no body larger than allowed passes."""

import os

from django.core.asgi import get_asgi_application

from kawal_server.field_link.door import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal_server.settings")

application = limited(get_asgi_application())
