-- How sound without a header is to be read: NULL as its ending says, 0 A-law, 1 μ-law, 2 samples of 16 bits.
ALTER TABLE recording_folder ADD COLUMN law INTEGER;
