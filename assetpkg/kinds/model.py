"""What the program reads into objects, such as snapshots and layout files: parts that are models from the start."""

from typing import Any

from pydantic import BaseModel

from assetpkg.kinds.part import REQUIRED, DeclaredField, Part, PartType, model_type


class Model(Part, BaseModel, metaclass=model_type(PartType)):  # type: ignore[metaclass]
    """A part that is a pydantic model from the start."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Declare the fields that pydantic has found."""
        cls.declared = {
            name: DeclaredField(
                alias=info.alias or name,
                annotation=info.annotation,
                metadata=tuple(info.metadata),
                default=REQUIRED if info.is_required() else info.get_default(),
            )
            for name, info in cls.model_fields.items()
        }
