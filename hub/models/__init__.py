from .licence import Licence
from .picture import Picture
from .public import PublicResource, PublishedFile, ResourceReference
from .resource import Resource
from .upload import Upload

__all__ = [
    "Licence",
    "Picture",
    "PublicResource",
    "PublishedFile",
    "Resource",
    "ResourceReference",
    "Upload",
]
