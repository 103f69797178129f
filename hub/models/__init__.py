from .licence import Licence
from .public import PublicResource, PublishedFile, ResourceReference
from .resource import Resource
from .upload import Upload

__all__ = [
    "Licence",
    "PublicResource",
    "PublishedFile",
    "Resource",
    "ResourceReference",
    "Upload",
]
