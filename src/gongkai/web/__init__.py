"""The design system: base pages, components, tokens; it knows no rule and no model."""
