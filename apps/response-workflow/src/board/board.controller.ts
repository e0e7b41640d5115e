import { Get, Inject } from '@nestjs/common';
import type { BoardView } from '@huiying/contracts/http';
import { Allow, Guarded, VIEWERS } from '../accounts/index.js';
import { BoardReader } from './board-reader.js';

@Guarded('api/board')
export class BoardController {
  constructor(@Inject(BoardReader) private readonly board: BoardReader) {}

  @Get()
  @Allow(VIEWERS)
  read(): Promise<BoardView> {
    return this.board.read();
  }
}
