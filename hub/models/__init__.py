from .licence import Licence
from .public import PublicResource
from .resource import Resource
from .upload import Upload

__all__ = ["Licence", "PublicResource", "Resource", "Upload"]
