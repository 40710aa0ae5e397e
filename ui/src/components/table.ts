/** A column of a VirtualTable. */
export interface TableColumn<Id extends string = string> {
  id: Id;
  label: string;
  /** Pixels. */
  width: number;
  /** Figures, set to the end of the cell. */
  end?: boolean;
  /** The rows cannot be put in its order. */
  unsorted?: boolean;
}
