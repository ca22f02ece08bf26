"""What the addresses of each room are about: a module a room, each with `addresses(places, at)`.

It makes its things through the verbs, for the farming department, and says for each route (without
"office:") which values its address has. Routes without values are left out.
"""
