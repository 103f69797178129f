from .licence import Licence
from .resource import Resource
from .upload import Upload

__all__ = ["Licence", "Resource", "Upload"]
