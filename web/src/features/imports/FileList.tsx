import { SimpleGrid } from "@mantine/core";
import { FileCard } from "./FileCard";
import { type Import, type ImportKind, isOpen, KINDS } from "./model";

/** A card for each kind of file, in the order in which they are imported. */
export function FileList({ row, onMap }: { row: Import; onMap: (kind: ImportKind) => void }) {
  const files = new Map(row.files.map((file) => [file.kind, file]));
  const shown = isOpen(row.state) ? KINDS : KINDS.filter((kind) => files.has(kind));
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      {shown.map((kind) => (
        <FileCard key={kind} row={row} kind={kind} file={files.get(kind)} onMap={() => onMap(kind)} />
      ))}
    </SimpleGrid>
  );
}
