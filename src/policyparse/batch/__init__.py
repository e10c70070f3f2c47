"""The batch engine behind `convert`, `parse_many` and the cluster: from inputs to outputs, a file costs itself only.

`inputs` and `jobs` say what is read. `pool` and its parts run it in worker processes and know nothing of documents;
`work` is what a worker does. `journal` and `spool` keep what is finished, `report` and `progress` tell of it, and `run`
is the whole story.
"""
